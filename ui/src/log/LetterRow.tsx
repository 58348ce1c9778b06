import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconRotateClockwise } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { DeadLetter } from "../api/types.ts";
import { Pill } from "../design/Pill.tsx";
import { Snippet } from "../design/Snippet.tsx";
import { useFormat } from "../i18n/format.ts";
import { spelled } from "../i18n/words.ts";
import css from "./Letters.module.css";

type Props = { letter: DeadLetter; busy: boolean; replay: () => void };

/** One event that failed, with its reason; the event itself on demand. */
export function LetterRow({ letter, busy, replay }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, event] = useDisclosure(false);
  return (
    <li className={css.row}>
      <div className={css.line}>
        <div className={css.text}>
          <div className={css.meta}>
            <Pill tone="bad" title={letter.reason}>
              {spelled(letter.reason)}
            </Pill>
            <time className="num" dateTime={letter.received_at} title={format.full(letter.received_at)}>
              {t("letters.received")}: {format.moment(letter.received_at)}
            </time>
          </div>
          <p className={css.detail}>{letter.detail}</p>
        </div>
        <div className={css.tools}>
          <Button size="xs" variant="default" onClick={event.toggle} aria-expanded={open}>
            {open ? t("letters.hide") : t("letters.show")}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={busy}
            onClick={replay}
            leftSection={<IconRotateClockwise size={15} aria-hidden />}
          >
            {t("letters.replay")}
          </Button>
        </div>
      </div>
      {open && (
        <div className={css.event}>
          <Snippet text={JSON.stringify(letter.event, null, 2)} label={t("letters.event")} />
        </div>
      )}
    </li>
  );
}
