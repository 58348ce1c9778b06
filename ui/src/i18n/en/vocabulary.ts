export const vocabulary = {
  fate: {
    sent: "sent",
    queued: "queued",
    claimed: "leaving",
    withheld: "withheld",
    failed: "failed",
    unknown: "unclear",
  },
  run: { waiting: "waiting", finished: "finished", exited: "left early", entered: "entered" },
  runEnd: {
    exit_condition: "what it was for has happened, or no longer makes sense",
    exit_step: "reached a step that ends it",
    merged: "these were two people, now it is one",
    endless: "went round in circles",
    goal: "reached the goal",
  },
  channel: { email: "E-mail", sms: "SMS", telegram: "Telegram", push: "Push", any: "any channel" },
  order: {
    completed: "ordered",
    updated: "changed",
    shipped: "on its way",
    delivered: "delivered",
    cancelled: "cancelled",
    refunded: "refunded",
  },
} as const;
