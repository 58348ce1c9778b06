import type { components } from "./schema.ts";

/**
 * What the admin API says, named as the pages speak of it. The shapes follow from the server (`make client`); by hand
 * stands only what the server leaves open: documents as their author wrote them.
 * Times are ISO 8601 with a zone; money is a decimal string with an ISO 4217 currency.
 */
type Said = components["schemas"];

export type Id = number;
export type Money = Said["Money"];
export type Cursor = string | number | null;
/** The same sentence in the languages the server speaks. */
export type Words = Record<string, string>;
export type Vocabulary = Said["Vocabulary"];
export type Session = Said["Session"];

export type Live = Said["Live"];
export type ReasonCount = Said["ReasonCount"];
export type RecentMessage = Said["MessageLine"];
export type RecentEvent = Said["LiveEvent"];
export type Minute = Said["LiveMinute"];

export type PersonRow = Said["PersonRow"];
export type People = Said["Page"];
export type Person = Said["Person"];
export type Purchase = Said["Purchase"];
export type TimelineKind = "event" | "message" | "run" | "consent";
export type TimelineItem = Said["Item"];
export type Timeline = Said["Timeline"];

export type JourneyRow = Said["JourneyReport"] & { goal?: number | null };
export type StepCount = { path: string; kind: string; summary?: string; waiting: number; done: number };
/** A journey as its author wrote it. */
export type JourneyDocument = {
  description?: string;
  entry?: unknown;
  exit_when?: Condition;
  goal?: unknown;
  steps: unknown;
};
/** One journey in numbers, its document, what lets people in (`starts`), and the people on each of its steps. */
export type Journey = JourneyRow & { definition: JourneyDocument; starts?: Words; steps: StepCount[] };

/** What a journey asks people to do; `person` is the name of the customer. */
export type Task = Said["JourneyTask"];
export type JourneyAlert = Said["JourneyAlert"];

/** A condition tree is data to draw here, never to evaluate; the server owns its meaning. */
export type Condition = { [key: string]: unknown };
/** The segment's document as its author wrote it. */
export type Segment = { key: string; name?: string; description?: string; when: Condition };
export type SegmentRow = Said["SegmentRow"];
export type Preview = Said["Preview"];

export type DeadLetter = Said["LetterRow"];
export type DeadLetters = Said["Letters"];
export type Replayed = Said["Replayed"];

export type ReviewSide = Said["Side"];
export type MergeReview = Said["Review"];
export type MergeReviews = { reviews: MergeReview[] };
export type Decision = Said["Decision"]["decision"];

export type MailRow = Said["MailLine"];
export type Inbox = Said["MailPage"];
export type Mail = Said["OpenedMail"];
