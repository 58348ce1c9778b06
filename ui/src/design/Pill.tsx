import type { ReactNode } from "react";
import css from "./Pill.module.css";

export type Tone = "good" | "held" | "bad" | "odd" | "calm" | "quiet";

/** A state in a word; the colour only repeats what the word says. */
export function Pill({ tone, title, children }: { tone: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={`${css.pill} ${css[tone]}`} title={title}>
      {children}
    </span>
  );
}
