import { Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Failure } from "./Failure.tsx";
import { StaleNote } from "./StaleNote.tsx";

type Asked<T> = {
  data: T | undefined;
  error: unknown;
  isError: boolean;
  isRefetchError: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
};
type Props<T> = { of: Asked<T>; waiting?: ReactNode; children: (data: T) => ReactNode };

/** The four faces of an answer: on its way, refused, old because the server is away, and there. */
export function Answer<T>({ of, waiting, children }: Props<T>) {
  if (of.data === undefined) {
    return of.isError ? <Failure error={of.error} again={() => of.refetch()} /> : (waiting ?? <RowSkeletons />);
  }
  return (
    <>
      {of.isRefetchError && <StaleNote since={of.dataUpdatedAt} />}
      {children(of.data)}
    </>
  );
}

export function RowSkeletons({ rows = 6, height = 44 }: { rows?: number; height?: number }) {
  return (
    <Stack gap="sm" p="md" aria-busy="true">
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <Skeleton key={key} height={height} radius="md" />
      ))}
    </Stack>
  );
}
