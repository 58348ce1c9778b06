import { happening, type Speaker, span } from "../audience/words.ts";

type Document = Record<string, unknown>;

/** What lets people in: an event in the words of this page, every other way in those of the server. */
export function entryInWords(entry: unknown, starts: string | undefined, speaker: Speaker): string {
  const of = object(entry);
  if ("event" in of) return happening(of, speaker);
  return starts ? speaker.t("journeys.starts", { what: starts }) : "";
}

/** What the journey is for: an event, and how long after the start it still counts. */
export function goalInWords(goal: unknown, speaker: Speaker): string {
  const whole = object(goal);
  const of = "when" in whole ? object(whole.when) : whole;
  const within = typeof of.within === "string" && speaker.t("journeys.within", { span: span(of.within, speaker) });
  return [happening(of, speaker), within].filter(Boolean).join(", ");
}

function object(value: unknown): Document {
  return typeof value === "object" && value !== null ? (value as Document) : {};
}
