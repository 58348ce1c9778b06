import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDownload, IconEraser } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { api } from "../api/endpoints.ts";
import { ErasePerson } from "./ErasePerson.tsx";

/** The two rights of a person that the shop must be able to serve: a copy of everything, and erasure. */
export function PersonActions({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const [asking, erase] = useDisclosure(false);
  return (
    <Group gap="xs">
      <Button
        component="a"
        href={api.exportAddress(id)}
        download={`person-${id}.json`}
        variant="default"
        size="xs"
        leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
      >
        {t("person.export")}
      </Button>
      <Button
        variant="default"
        size="xs"
        onClick={erase.open}
        leftSection={<IconEraser size={16} stroke={1.7} aria-hidden />}
      >
        {t("person.erase")}
      </Button>
      <ErasePerson id={id} name={name} opened={asking} close={erase.close} />
    </Group>
  );
}
