import type { TFunction } from "i18next";
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
  return (
    <div className={css.way}>
      <div className={css.when}>{way.when ? <ConditionText condition={way.when} /> : wayName(way, number, t)}</div>
      <Steps steps={way.steps} />
    </div>
  );
}

function wayName(way: Way, number: number, t: TFunction): string {
  if (way.word === "then") return t("journeys.next");
  if (way.word === "do") return t("journeys.again");
  return way.weight === null ? t("journeys.otherwise") : `${t("journeys.way", { number })} · ${way.weight} %`;
}
