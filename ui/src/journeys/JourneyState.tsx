import { Pill, type Tone } from "../design/Pill.tsx";
import { useWord } from "../i18n/words.ts";

const TONES: Record<string, Tone> = { live: "good", paused: "held", draft: "calm", archived: "quiet" };

/** Whether a journey lets people in. */
export function JourneyState({ state }: { state: string }) {
  const word = useWord();
  return <Pill tone={TONES[state] ?? "quiet"}>{word("journeys.state", state)}</Pill>;
}
