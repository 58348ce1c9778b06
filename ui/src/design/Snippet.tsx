import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import css from "./Snippet.module.css";

/** Lines to take along: shown as they are, copied with one press. */
export function Snippet({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  return (
    <div className={css.snippet}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled with the keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label={label}>
        <pre className={css.text}>{text}</pre>
      </section>
      <CopyButton value={text} timeout={1_500}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t("word.copied") : t("word.copy")} withArrow>
            <ActionIcon className={css.copy} variant="subtle" color="gray" onClick={copy} aria-label={t("word.copy")}>
              {copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
