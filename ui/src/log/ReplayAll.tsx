import { Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconRotateClockwise } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { counted, useFormat } from "../i18n/format.ts";

type Props = { total: number; busy: boolean; replay: () => void };

/** All of them at once, after a question that says how many. */
export function ReplayAll({ total, busy, replay }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asking, ask] = useDisclosure(false);
  const go = () => {
    ask.close();
    replay();
  };
  return (
    <>
      <Button loading={busy} onClick={ask.open} leftSection={<IconRotateClockwise size={17} aria-hidden />}>
        {t("letters.replayAll")}
      </Button>
      <Modal
        opened={asking}
        onClose={ask.close}
        title={t("letters.replayAll")}
        centered
        closeButtonProps={{ "aria-label": t("word.close") }}
      >
        <Text size="sm" mb="lg">
          {t("letters.replayAllSure", counted(format, total))}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={ask.close}>
            {t("word.cancel")}
          </Button>
          <Button onClick={go}>{t("letters.replayAll")}</Button>
        </Group>
      </Modal>
    </>
  );
}
