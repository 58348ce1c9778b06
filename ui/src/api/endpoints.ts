import { call, withQuery } from "./client.ts";
import type {
  Condition,
  Cursor,
  DeadLetters,
  Decision,
  Id,
  Inbox,
  Journey,
  JourneyAlert,
  JourneyRow,
  Live,
  Mail,
  MergeReviews,
  People,
  Person,
  Preview,
  Replayed,
  Segment,
  SegmentRow,
  Session,
  Task,
  Timeline,
  Vocabulary,
} from "./types.ts";

/** Every address of the admin API that a page uses, once. */
export const api = {
  session: () => call<Session>("GET", "/api/session"),
  vocabulary: () => call<Vocabulary>("GET", "/api/vocabulary"),
  logout: () => call<void>("POST", "/api/logout"),
  live: () => call<Live>("GET", "/api/live"),

  people: (search: string, cursor: Cursor) => call<People>("GET", withQuery("/api/people", { search, cursor })),
  person: (id: string) => call<Person>("GET", `/api/people/${id}`),
  timeline: (id: string, before: Cursor) =>
    call<Timeline>("GET", withQuery(`/api/people/${id}/timeline`, { before: before ?? undefined })),
  erase: (id: string) => call<void>("POST", `/api/people/${id}/erase`),
  exportAddress: (id: string) => `/api/people/${id}/export`,

  journeys: () => call<JourneyRow[]>("GET", "/api/journeys"),
  journey: (key: string) => call<Journey>("GET", `/api/journeys/${encodeURIComponent(key)}`),
  reportAddress: (key: string, language: string) =>
    withQuery(`/api/journeys/${encodeURIComponent(key)}/report.html`, { lang: language }),
  tasks: (done: boolean) => call<Task[]>("GET", withQuery("/api/tasks", { done: String(done) })),
  takeTask: (id: Id) => call<Task>("POST", `/api/tasks/${id}/taken`),
  finishTask: (id: Id) => call<Task>("POST", `/api/tasks/${id}/done`),
  alerts: () => call<JourneyAlert[]>("GET", "/api/alerts"),
  seeAlert: (id: Id) => call<void>("POST", `/api/alerts/${id}/seen`),

  segments: () => call<SegmentRow[]>("GET", "/api/audience/segments"),
  segmentDocuments: () => call<Segment[]>("GET", "/api/definitions/segment"),
  preview: (condition: Condition) => call<Preview>("POST", "/api/audience/preview", { condition }),

  inbox: (before: Cursor) => call<Inbox>("GET", withQuery("/api/inbox", { before: before ?? undefined })),
  mail: (id: string) => call<Mail>("GET", `/api/inbox/${id}`),
  mailAddress: (id: Id) => `/api/inbox/${id}/html`,
  emptyInbox: () => call<void>("DELETE", "/api/inbox"),

  deadLetters: (before: Cursor) =>
    call<DeadLetters>("GET", withQuery("/api/dead-letters", { before: before ?? undefined })),
  replay: (ids: Id[] | "all") => call<Replayed>("POST", "/api/dead-letters/replay", { ids }),

  mergeReviews: () => call<MergeReviews>("GET", "/api/merge-reviews"),
  decide: (low: Id, high: Id, decision: Decision) =>
    call<void>("POST", `/api/merge-reviews/${low}-${high}`, { decision }),
  undoMerge: (low: Id, high: Id) => call<void>("POST", "/api/merges/undo", { low, high }),
};
