import { useQuery } from "@tanstack/react-query";
import { queries } from "../api/queries.ts";
import type { TimelineItem, Words } from "../api/types.ts";

/**
 * The server's words for the reasons of a timeline. An item brings its own; where it does not, the live page's list
 * knows every reason that any message has, so it is asked once.
 */
export function useReasons(items: readonly TimelineItem[]): (item: TimelineItem) => Words | undefined {
  const mute = items.some((item) => item.kind === "message" && item.reason && !item.words);
  const live = useQuery({
    ...queries.live(),
    enabled: mute,
    refetchInterval: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const known = new Map(live.data?.messages.by_reason.map(({ reason, words }) => [reason, words]));
  return (item) => item.words ?? (item.reason ? known.get(item.reason) : undefined);
}
