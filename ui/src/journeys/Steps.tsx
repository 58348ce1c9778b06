import { useTranslation } from "react-i18next";
import { ConditionText } from "../audience/ConditionText.tsx";
import css from "./Drawing.module.css";
import { StepNode } from "./StepNode.tsx";
import type { Placed, Way } from "./tree.ts";

/** Steps one under another; a fork shows its ways side by side. */
export function Steps({ steps }: { steps: Placed[] }) {
  return (
    <ol className={css.steps}>
      {steps.map((step) => (
        <li key={step.path}>
          <StepNode step={step} />
          {step.ways.length > 0 && (
            <div className={css.ways}>
              {step.ways.map((way, nth) => (
                <OneWay key={way.path} way={way} number={nth + 1} />
              ))}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function OneWay({ way, number }: { way: Way; number: number }) {
  const { t } = useTranslation();
  const name = way.weight === null ? t("journeys.otherwise") : `${t("journeys.way", { number })} · ${way.weight} %`;
  return (
    <div className={css.way}>
      <div className={css.when}>{way.when ? <ConditionText condition={way.when} /> : name}</div>
      <Steps steps={way.steps} />
    </div>
  );
}
