import { type Speaker, span } from "../audience/words.ts";
import { FORKS, type Placed } from "./tree.ts";

/** What a step does, from its own document; kinds without words here are read out as they are written. */
export function stepInWords({ kind, body, numbers, ways }: Placed, speaker: Speaker): string {
  const own = body[kind];
  if (kind === "wait" && typeof own === "string") {
    const jitter = typeof body.jitter === "string" ? ` ± ${span(body.jitter, speaker)}` : "";
    return span(own, speaker) + jitter;
  }
  if (kind === "send" && typeof own === "object" && own !== null) {
    const { channel, template } = own as { channel?: string; template?: string };
    return `${speaker.word("channel", channel ?? "any")} · ${template ?? ""}`;
  }
  if (kind === "exit") return typeof own === "string" ? own : "";
  if (FORKS.includes(kind)) return "";
  if (ways.length > 0) return numbers?.summary ?? "";
  return numbers?.summary || (typeof own === "object" ? JSON.stringify(own) : String(own ?? ""));
}
