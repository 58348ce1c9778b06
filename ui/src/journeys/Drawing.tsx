import { IconDoorEnter, IconFlag, IconLogout, IconTargetArrow } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Journey } from "../api/types.ts";
import { ConditionText } from "../audience/ConditionText.tsx";
import { useSpeaker } from "../audience/speaker.ts";
import { said } from "../i18n/words.ts";
import css from "./Drawing.module.css";
import { entryInWords, goalInWords } from "./rule-words.ts";
import { Steps } from "./Steps.tsx";
import { placed } from "./tree.ts";

const LOOK = { size: 17, stroke: 1.7, "aria-hidden": true } as const;

/** A journey from its entry down to its end, with what takes people out on the way. */
export function Drawing({ journey }: { journey: Journey }) {
  const { t } = useTranslation();
  const speaker = useSpeaker();
  const { entry, steps, goal, exit_when } = journey.definition;
  return (
    <div className={css.drawing}>
      <div>
        <Edge kind="entry" icon={<IconDoorEnter {...LOOK} />} name={t("journeys.entry")}>
          {entryInWords(entry, said(journey.starts), speaker)}
        </Edge>
        <Steps steps={placed(steps, journey.steps)} />
        <Edge kind="end" icon={<IconFlag {...LOOK} />} name={t("journeys.end")} />
      </div>
      <div className={css.rules}>
        {goal != null && (
          <Rule icon={<IconTargetArrow {...LOOK} />} name={t("journeys.aim")}>
            <span>{goalInWords(goal, speaker)}</span>
          </Rule>
        )}
        {exit_when != null && (
          <Rule icon={<IconLogout {...LOOK} />} name={t("journeys.exit")}>
            <ConditionText condition={exit_when} />
          </Rule>
        )}
      </div>
    </div>
  );
}

type Part = { icon: ReactNode; name: string; children?: ReactNode };

function Edge({ kind, icon, name, children }: Part & { kind: "entry" | "end" }) {
  return (
    <div className={css.node} data-kind={kind}>
      <span className={css.icon}>{icon}</span>
      <div className={css.text}>
        <b>{name}</b>
        {children && <span>{children}</span>}
      </div>
    </div>
  );
}

function Rule({ icon, name, children }: Part) {
  return (
    <section className={css.rule}>
      <h3>
        {icon} {name}
      </h3>
      {children}
    </section>
  );
}
