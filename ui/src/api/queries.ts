import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { learn } from "../i18n/words.ts";
import { api } from "./endpoints.ts";
import type { Condition, Cursor } from "./types.ts";

const SECOND = 1_000;

/** How fresh each page wants its answers; polling pauses by itself while the page is hidden. */
export const queries = {
  session: () =>
    queryOptions({
      queryKey: ["session"],
      queryFn: api.session,
      staleTime: 60 * SECOND,
      // A demo's clock runs away from ours.
      refetchInterval: (query) => (query.state.data?.demo ? 10 * SECOND : false),
    }),
  /** Learned once: afterwards every list of words knows them. */
  vocabulary: () =>
    queryOptions({
      queryKey: ["vocabulary"],
      queryFn: async () => learn(await api.vocabulary()),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  live: () => queryOptions({ queryKey: ["live"], queryFn: api.live, refetchInterval: SECOND, staleTime: 0 }),

  people: (search: string) =>
    infiniteQueryOptions({
      queryKey: ["people", search],
      queryFn: ({ pageParam }) => api.people(search, pageParam),
      initialPageParam: null as Cursor,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: (previous) => previous,
    }),
  person: (id: string) => queryOptions({ queryKey: ["person", id], queryFn: () => api.person(id) }),
  timeline: (id: string) =>
    infiniteQueryOptions({
      queryKey: ["timeline", id],
      queryFn: ({ pageParam }) => api.timeline(id, pageParam),
      initialPageParam: null as Cursor,
      getNextPageParam: (page) => page.next ?? undefined,
    }),

  journeys: () => queryOptions({ queryKey: ["journeys"], queryFn: api.journeys, refetchInterval: 5 * SECOND }),
  journey: (key: string) =>
    queryOptions({ queryKey: ["journeys", key], queryFn: () => api.journey(key), refetchInterval: 5 * SECOND }),
  tasks: (done: boolean) =>
    queryOptions({ queryKey: ["tasks", done], queryFn: () => api.tasks(done), refetchInterval: 5 * SECOND }),
  alerts: () => queryOptions({ queryKey: ["alerts"], queryFn: api.alerts, refetchInterval: 5 * SECOND }),
  segments: () => queryOptions({ queryKey: ["segments"], queryFn: api.segments, refetchInterval: 5 * SECOND }),
  segmentDocuments: () => queryOptions({ queryKey: ["segment-documents"], queryFn: api.segmentDocuments }),
  preview: (condition: Condition) =>
    queryOptions({ queryKey: ["preview", condition], queryFn: () => api.preview(condition), enabled: false }),

  inbox: () =>
    infiniteQueryOptions({
      queryKey: ["inbox"],
      queryFn: ({ pageParam }) => api.inbox(pageParam),
      initialPageParam: null as Cursor,
      getNextPageParam: (page) => page.next ?? undefined,
      refetchInterval: 3 * SECOND,
    }),
  mail: (id: string) =>
    queryOptions({ queryKey: ["mail", id], queryFn: () => api.mail(id), staleTime: Number.POSITIVE_INFINITY }),

  deadLetters: () =>
    infiniteQueryOptions({
      queryKey: ["dead-letters"],
      queryFn: ({ pageParam }) => api.deadLetters(pageParam),
      initialPageParam: null as Cursor,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  mergeReviews: () => queryOptions({ queryKey: ["merge-reviews"], queryFn: api.mergeReviews }),
};
