import {
  type Icon,
  IconArrowsSplit,
  IconCircleDot,
  IconClockPause,
  IconGitBranch,
  IconLogout2,
  IconSend,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSpeaker } from "../audience/speaker.ts";
import { Pill } from "../design/Pill.tsx";
import { counted, useFormat } from "../i18n/format.ts";
import { useWord } from "../i18n/words.ts";
import css from "./Drawing.module.css";
import { stepInWords } from "./step-words.ts";
import type { Placed } from "./tree.ts";

const ICONS: Record<string, Icon> = {
  wait: IconClockPause,
  send: IconSend,
  branch: IconGitBranch,
  split: IconArrowsSplit,
  exit: IconLogout2,
};

/** One step: what it does, who stands here, who went on. */
export function StepNode({ step }: { step: Placed }) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useWord();
  const speaker = useSpeaker();
  const Shown = ICONS[step.kind] ?? IconCircleDot;
  return (
    <div className={css.node} data-kind={step.kind}>
      <span className={css.icon}>
        <Shown size={17} stroke={1.7} aria-hidden />
      </span>
      <div className={css.text}>
        <b>{word("journeys.kind", step.kind)}</b>
        <span>{stepInWords(step, speaker)}</span>
      </div>
      {step.numbers && (
        <div className={css.numbers}>
          {step.numbers.waiting > 0 && (
            <Pill tone="calm">{t("journeys.here", counted(format, step.numbers.waiting))}</Pill>
          )}
          <span>{t("journeys.passed", { formatted: format.number(step.numbers.done) })}</span>
        </div>
      )}
    </div>
  );
}
