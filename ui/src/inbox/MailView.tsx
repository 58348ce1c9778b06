import { Anchor, SegmentedControl } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.ts";
import type { Mail } from "../api/types.ts";
import { Answer } from "../design/Answer.tsx";
import { Panel } from "../design/Panel.tsx";
import { useFormat } from "../i18n/format.ts";
import css from "./Inbox.module.css";
import { MailBody, type Side, type Width } from "./MailBody.tsx";

/** One mail, as it would look, as text, or down to its headers. */
export function MailView({ id }: { id: string }) {
  const { t } = useTranslation();
  const mail = useQuery(queries.mail(id));
  return (
    <Panel>
      <Anchor component={Link} to="/inbox" size="sm" className={css.back}>
        <IconArrowLeft size={16} aria-hidden /> {t("inbox.list")}
      </Anchor>
      <Answer of={mail}>{(found) => <Opened mail={found} />}</Answer>
    </Panel>
  );
}

function Opened({ mail }: { mail: Mail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [side, turn] = useState<Side>("mail");
  const [width, resize] = useState<Width>("desktop");
  const facts = [
    [t("inbox.from"), mail.sender],
    [t("inbox.to"), mail.recipient],
    [t("inbox.at"), format.full(mail.received_at)],
  ] as const;
  return (
    <article aria-label={mail.subject}>
      <h2 className={css.title}>{mail.subject}</h2>
      <dl className={css.head}>
        {facts.map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
      <div className={css.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t("inbox.view")}
          value={side}
          onChange={(value) => turn(value as Side)}
          data={[
            { value: "mail", label: t("inbox.asMail") },
            { value: "text", label: t("inbox.asText") },
            { value: "headers", label: t("inbox.asHeaders") },
          ]}
        />
        {side === "mail" && mail.html && (
          <SegmentedControl
            size="xs"
            aria-label={t("inbox.width")}
            value={width}
            onChange={(value) => resize(value as Width)}
            data={[
              { value: "desktop", label: t("inbox.desktop") },
              { value: "phone", label: t("inbox.phone") },
            ]}
          />
        )}
      </div>
      <MailBody mail={mail} side={side} width={width} />
    </article>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
