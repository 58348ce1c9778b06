import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { Vocabulary, Words } from "../api/types.ts";
import { currentLanguage } from "./index.ts";
import { LANGUAGES, type Language } from "./language.ts";

const SERVER = "server";

/** `no_consent` -> `no consent`: a code nobody has put into words yet is still readable. */
export function spelled(code: string): string {
  return code.replaceAll("_", " ").replaceAll(".", " ");
}

/** The server's sentence in the language on screen. */
export function said(words: Words | null | undefined): string | undefined {
  return words?.[currentLanguage()] || words?.en || undefined;
}

/** Takes over the server's words: the lists `event` and `reason`. */
export function learn({ events, reasons }: Vocabulary): true {
  const named = events.map(({ name, words }) => [name, words] as const);
  const lists = { event: named, reason: Object.entries(reasons) };
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    for (const [list, words] of Object.entries(lists)) {
      const inLanguage = Object.fromEntries(words.map(([code, each]) => [code, each[language] ?? each.en]));
      i18next.addResourceBundle(language, SERVER, { [list]: inLanguage }, true, true);
    }
  }
  return true;
}

/** Looks a code up in our word lists, then in the server's, and falls back to the code itself, spelled out. */
export function wordOf(list: string, code: string): string {
  const key = `${list}.${code}`;
  if (i18next.exists(key)) return String(i18next.t(key as never));
  return String(i18next.t(key as never, { ns: SERVER, defaultValue: spelled(code) } as never));
}

/** The same for a component, which is drawn again when the language changes. */
export function useWord(): typeof wordOf {
  useTranslation();
  return wordOf;
}
