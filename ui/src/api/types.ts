/**
 * What the admin API says, written by hand until the generated client takes over.
 * Times are ISO 8601 with a zone; money is a decimal string with an ISO 4217 currency.
 */

export type Id = number;
export type Cursor = string | number | null;
/** The same sentence in the languages the server speaks. */
export type Words = { en: string; ru: string };
/** Words for codes that the server owns: what an event is called, why a message did not leave. */
export type Vocabulary = { events: { name: string; words: Words }[]; reasons: Record<string, Words> };
export type Money = { amount: string; currency: string };

export type Demo = { rate: number; now: string; caught_up: boolean; generated_share?: number };
export type Session = {
  user: { name: string; role: string; locale: string };
  workspace: { key: string; name: string; currency: string; zone: string; locale: string };
  now: string;
  demo: Demo | null;
};

export type MessageState = "queued" | "claimed" | "sent" | "withheld" | "failed" | "unknown";
export type ReasonCount = { reason: string; count: number; words: Words };
export type RecentMessage = {
  id: Id;
  at: string;
  profile_id: Id;
  name: string | null;
  channel: string;
  template: string;
  subject: string | null;
  state: MessageState;
  reason: string | null;
  words?: Words | null;
};
export type RecentEvent = {
  at: string;
  name: string;
  profile_id: Id;
  person: string | null;
  summary: string;
  generated: boolean;
};
export type JourneyCount = {
  key: string;
  name: string | null;
  entered: number;
  waiting: number;
  finished: number;
  exited: number;
};
export type Minute = { minute: string; events: number; orders: number; messages: number };

export type Live = {
  now: string;
  events: { total: number; per_second: number; today: number };
  lag_seconds: number;
  backlog: number;
  people: { known: number; visitors: number; new_today: number };
  carts: { open: number; value: Money };
  orders: { total: number; today: number; revenue: Money; revenue_today: Money; currency: string };
  runs: { waiting: number; finished: number; exited: number; by_journey: JourneyCount[] };
  messages: {
    sent: number;
    queued: number;
    failed: number;
    unknown: number;
    withheld: number;
    opened: number;
    clicked: number;
    by_reason: ReasonCount[];
    recent: RecentMessage[];
  };
  series: Minute[];
  recent_events: RecentEvent[];
};

export type PersonRow = {
  id: Id;
  name: string | null;
  email: string | null;
  phone: string | null;
  known: boolean;
  orders: number;
  revenue: Money;
  last_seen_at: string;
};
export type People = { people: PersonRow[]; next: Cursor };

export type Line = { name?: string | null; product_id?: string | null; quantity?: number; price?: number | string };
export type Order = { id: string; state: string; ordered_at: string; revenue: Money; lines?: Line[] };
export type Cart = { id: string; state: string; updated_at: string; value: Money; lines?: Line[] };
export type Person = {
  id: Id;
  name: string | null;
  email: string | null;
  phone: string | null;
  known: boolean;
  traits: Record<string, unknown>;
  identities: { kind: string; value: string }[];
  consents: { channel: string; topic: string; granted: boolean; at: string; source: string }[];
  segments: { key: string; name: string }[];
  orders: Order[];
  carts: Cart[];
  value: Money;
  events?: number;
  first_seen_at: string;
  last_seen_at: string;
};

export type TimelineKind = "event" | "message" | "run" | "consent";
export type TimelineItem = {
  at: string;
  kind: TimelineKind;
  title: string;
  detail: Record<string, unknown>;
  generated: boolean;
  state?: string | null;
  reason?: string | null;
};
export type Timeline = { items: TimelineItem[]; next: Cursor };

export type JourneyRow = JourneyCount & {
  state: string;
  version: number;
  sent: number | null;
  withheld: number | null;
  goal?: number | null;
};
export type StepCount = { path: string; kind: string; waiting: number; done: number };
/** A journey as its author wrote it. */
export type JourneyDocument = {
  description?: string;
  entry?: unknown;
  exit_when?: Condition;
  goal?: unknown;
  steps: unknown;
};
/** One journey in numbers, its document, and the people on each of its steps. */
export type Journey = JourneyRow & { definition: JourneyDocument; steps: StepCount[] };

/** A condition tree is data to draw here, never to evaluate; the server owns its meaning. */
export type Condition = { [key: string]: unknown };
/** The segment's document as its author wrote it. */
export type Segment = { key: string; name?: string; description?: string; when: Condition };
export type SegmentRow = {
  key: string;
  name: string;
  state: string;
  words: Words;
  members: number;
  building: boolean;
};
export type Preview = { count: number; sample: { id: Id; name: string | null; email: string | null }[] };

export type DeadLetter = {
  id: Id;
  received_at: string;
  failed_at: string;
  reason: string;
  detail: string;
  words?: Words | null;
  event: unknown;
};
export type DeadLetters = { letters: DeadLetter[]; total?: number; next: Cursor };
export type Replayed = { replayed: number };

export type ReviewSide = {
  id: Id;
  name: string | null;
  email: string | null;
  phone: string | null;
  orders: number;
  revenue: Money;
  first_seen_at: string;
  last_seen_at: string;
};
export type Evidence = { kind: string; value: string; at: string; words?: Words | null };
export type MergeReview = { low: Id; high: Id; at: string; left: ReviewSide; right: ReviewSide; evidence: Evidence[] };
export type MergeReviews = { reviews: MergeReview[] };
export type Decision = "merge" | "reject";

export type MailRow = {
  id: Id;
  received_at: string;
  sender: string;
  recipient: string;
  subject: string;
  preview: string;
};
export type Inbox = { mails: MailRow[]; next: Cursor };
export type Mail = Omit<MailRow, "preview"> & {
  html: string | null;
  text: string | null;
  headers: [string, string][];
  links: string[];
};
