import type { TFunction } from "i18next";
import type { Condition } from "../api/types.ts";
import { counted, type Format } from "../i18n/format.ts";

/** A condition in words: a line, and the lines below it that it is made of. */
export type Said = { text: string; parts: Said[] };
export type Speaker = { t: TFunction; format: Format; word: (list: string, code: string) => string };

type Node = Record<string, unknown>;

/** Puts a condition tree into words. It only reads the tree out; what it means is the server's business. */
export function inWords(condition: Condition, speaker: Speaker): Said {
  const { t } = speaker;
  const under = (key: string) => list(condition[key]).map((each) => inWords(each, speaker));
  if ("all" in condition) return { text: t("condition.all"), parts: under("all") };
  if ("any" in condition) return { text: t("condition.any"), parts: under("any") };
  if ("not" in condition) return negated(node(condition.not), speaker);
  return { text: leaf(condition, speaker), parts: [] };
}

/** An event that is about to happen, as an entry or a goal names it: which one, and which of them. */
export function happening(of: Node, speaker: Speaker): string {
  const event = speaker.word("event", String(of.event));
  return [speaker.t("journeys.happens", { event }), where(of, speaker)].filter(Boolean).join(", ");
}

function negated(inner: Node, speaker: Speaker): Said {
  if (plainlyDid(inner)) return { text: did(inner, "condition.didNot", speaker), parts: [] };
  return { text: speaker.t("condition.not"), parts: [inWords(inner, speaker)] };
}

function leaf(of: Node, speaker: Speaker): string {
  const { t } = speaker;
  if ("trait" in of) return t("condition.trait", { trait: String(of.trait), test: test(of, speaker) });
  if ("event" in of) return plainlyDid(of) ? did(of, "condition.did", speaker) : measured(of, speaker);
  if ("segment" in of) return t("condition.segment", { segment: String(of.segment) });
  if ("consent" in of) {
    const { channel, topic } = node(of.consent);
    return t("condition.consent", { topic: String(topic), channel: speaker.word("channel", String(channel)) });
  }
  if ("sequence" in of) {
    const steps = list(of.sequence).map((each) => inWords(each, speaker).text);
    return [t("condition.sequence", { steps: steps.join(" → ") }), when(of, speaker)].filter(Boolean).join(", ");
  }
  return JSON.stringify(of);
}

/** “Did it” without a number worth saying: at least once. */
function plainlyDid(of: Node): boolean {
  const count = of.measure === undefined || "count" in node(of.measure);
  return "event" in of && count && (of.op ?? "at_least") === "at_least" && (of.value ?? 1) === 1;
}

function did(of: Node, key: "condition.did" | "condition.didNot", speaker: Speaker): string {
  const event = speaker.word("event", String(of.event));
  return [speaker.t(key, { event }), where(of, speaker), when(of, speaker)].filter(Boolean).join(", ");
}

function measured(of: Node, speaker: Speaker): string {
  const [kind = "count", property] = Object.entries(node(of.measure))[0] ?? [];
  const said = { event: speaker.word("event", String(of.event)), property, test: test(of, speaker) };
  const key = kind === "count" ? "condition.times" : `condition.measure.${kind}`;
  return [String(speaker.t(key as never, said as never)), where(of, speaker), when(of, speaker)]
    .filter(Boolean)
    .join(", ");
}

function where(of: Node, speaker: Speaker): string {
  const tests = list(of.where).map((each) => `${each.property} ${test(each, speaker)}`);
  return tests.length > 0 ? speaker.t("condition.where", { tests: tests.join(` ${speaker.t("condition.and")} `) }) : "";
}

function when(of: Node, speaker: Speaker): string {
  const { t, format } = speaker;
  if (typeof of.within === "string") return t("condition.within", { span: span(of.within, speaker) });
  const since = of.since && t("condition.since", { date: format.date(String(of.since)) });
  const until = of.until && t("condition.until", { date: format.date(String(of.until)) });
  return [since, until].filter(Boolean).join(", ");
}

/** `90d` as “90 days”; what it does not know stays as it is. */
export function span(text: string, { t, format }: Speaker): string {
  const parts = /^(\d+)([smhdw])$/.exec(text.trim());
  if (!parts) return text;
  return String(t(`condition.span.${parts[2]}` as never, counted(format, Number(parts[1])) as never));
}

function test(of: Node, speaker: Speaker): string {
  const op = String(of.op ?? ("event" in of ? "at_least" : "equals"));
  const key = `condition.op.${op}`;
  return String(speaker.t(key as never, { value: value(of.value, speaker.format), defaultValue: op } as never));
}

function value(of: unknown, format: Format): string {
  if (Array.isArray(of)) return of.map((each) => value(each, format)).join(", ");
  return typeof of === "number" ? format.number(of) : String(of ?? "");
}

const node = (value: unknown): Node => (typeof value === "object" && value !== null ? (value as Node) : {});
const list = (value: unknown): Node[] => (Array.isArray(value) ? value.map(node) : []);
