import { expect, test } from "vitest";
import { en } from "./en/index.ts";
import { ru } from "./ru/index.ts";

const PLURAL = /_(one|few|many|other)$/;

function flat(texts: object, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") found.set(path + key, value);
    else for (const [inner, text] of flat(value, `${path}${key}.`)) found.set(inner, text);
  }
  return found;
}
const stems = (texts: Map<string, string>) =>
  [...new Set([...texts.keys()].map((key) => key.replace(PLURAL, "")))].sort();
const blanks = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort();

const english = flat(en);
const russian = flat(ru);

test("both languages have the same texts", () => {
  expect(stems(russian)).toEqual(stems(english));
});

test("no text is empty", () => {
  expect([...english, ...russian].filter(([, text]) => text.trim() === "")).toEqual([]);
});

test("a counted text has every form of its language", () => {
  for (const [texts, forms] of [
    [english, ["one", "other"]],
    [russian, ["one", "few", "many", "other"]],
  ] as const) {
    const counted = [
      ...new Set([...texts.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, ""))),
    ];
    expect(counted.flatMap((stem) => forms.map((form) => `${stem}_${form}`)).filter((key) => !texts.has(key))).toEqual(
      [],
    );
  }
});

test("a translation fills the same blanks", () => {
  const other = (key: string) => (russian.has(key) ? key : key.replace(PLURAL, "_other"));
  const differing = [...english].filter(
    ([key, text]) => blanks(text).join() !== blanks(russian.get(other(key)) ?? "").join(),
  );
  expect(differing).toEqual([]);
});

test("Russian texts are Russian", () => {
  const allowed = /^(app\.name|channel\.(sms|telegram|push)|condition\.(trait|op\..*))$/;
  expect([...russian].filter(([key, text]) => !allowed.test(key) && !/[а-яё]/i.test(text)).map(([key]) => key)).toEqual(
    [],
  );
});
