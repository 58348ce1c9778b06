import type { Condition } from "../api/types.ts";
import css from "./ConditionText.module.css";
import { useSpeaker } from "./speaker.ts";
import { inWords, type Said } from "./words.ts";

/** A condition as sentences, nested as it is nested. */
export function ConditionText({ condition }: { condition: Condition }) {
  const said = inWords(condition, useSpeaker());
  return <Lines said={said} top />;
}

function Lines({ said, top }: { said: Said; top?: boolean }) {
  if (said.parts.length === 0) return <p className={css.line}>{top ? capital(said.text) : said.text}</p>;
  return (
    <div>
      <p className={css.group}>{top ? capital(said.text) : said.text}</p>
      <ul className={css.parts}>
        {said.parts.map((part) => (
          <li key={JSON.stringify(part)}>
            <Lines said={part} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
