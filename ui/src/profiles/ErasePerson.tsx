import { Alert, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/endpoints.ts";

type Props = { id: string; name: string; opened: boolean; close: () => void };

/** Erasure cannot be taken back, so it asks for the person's number to be typed. */
export function ErasePerson({ id, name, opened, close }: Props) {
  const { t } = useTranslation();
  const [typed, type] = useState("");
  const navigate = useNavigate();
  const asking = useQueryClient();
  const erase = useMutation({
    mutationFn: () => api.erase(id),
    onSuccess: async () => {
      await navigate({ to: "/people" });
      asking.removeQueries({ queryKey: ["person", id] });
      asking.removeQueries({ queryKey: ["timeline", id] });
      await asking.invalidateQueries({ queryKey: ["people"] });
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("person.eraseTitle")}
      centered
      closeButtonProps={{ "aria-label": t("word.close") }}
    >
      <Stack gap="md">
        <Text fw={600}>{name}</Text>
        <Text size="sm">{t("person.eraseText")}</Text>
        <TextInput
          label={t("person.eraseType", { word: id })}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        {erase.isError && <Alert color="red">{erase.error.message || t("failure.away")}</Alert>}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t("word.cancel")}
          </Button>
          <Button color="red" disabled={typed.trim() !== id} loading={erase.isPending} onClick={() => erase.mutate()}>
            {t("person.eraseDo")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
