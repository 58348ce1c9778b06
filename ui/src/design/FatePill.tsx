import { useWord } from "../i18n/words.ts";
import { Pill, type Tone } from "./Pill.tsx";

const TONES: Record<string, Tone> = {
  sent: "good",
  queued: "calm",
  claimed: "calm",
  withheld: "held",
  failed: "bad",
  unknown: "odd",
};

/** What became of a message. */
export function FatePill({ state }: { state: string }) {
  const word = useWord();
  return <Pill tone={TONES[state] ?? "quiet"}>{word("fate", state)}</Pill>;
}
