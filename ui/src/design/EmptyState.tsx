import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Mark } from "./Mark.tsx";

type Props = { title: string; text?: string; icon?: ReactNode; children?: ReactNode };

/** Nothing to show yet: what this place is, and how something gets here. */
export function EmptyState({ title, text, icon, children }: Props) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      {icon ?? <Mark size={40} />}
      <Title order={2} size="h4" mt="xs">
        {title}
      </Title>
      {text && (
        <Text c="dimmed" size="sm" maw={460}>
          {text}
        </Text>
      )}
      {children}
    </Stack>
  );
}
