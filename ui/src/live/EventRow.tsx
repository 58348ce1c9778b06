import type { RecentEvent } from "../api/types.ts";
import { EventIcon } from "../design/EventIcon.tsx";
import { GeneratedLabel } from "../design/GeneratedLabel.tsx";
import { PersonLink } from "../design/PersonLink.tsx";
import { useFormat } from "../i18n/format.ts";
import { useWord } from "../i18n/words.ts";
import css from "./Rows.module.css";

/** Who did what, when; and whether it was made up for the demo. */
export function EventRow({ event }: { event: RecentEvent }) {
  const format = useFormat();
  const word = useWord();
  return (
    <li className={css.row}>
      <EventIcon name={event.name} />
      <div className={css.what}>
        <div className={css.line}>
          <PersonLink id={event.profile_id} name={event.person} />
          <span className={css.act} title={event.name}>
            {word("event", event.name)}
          </span>
          {event.generated && <GeneratedLabel />}
        </div>
        {event.summary && <div className={`${css.soft} clip`}>{event.summary}</div>}
      </div>
      <time className={`${css.when} num`} dateTime={event.at} title={format.full(event.at)}>
        {format.clock(event.at)}
      </time>
    </li>
  );
}
