export const log = {
  letters: {
    title: "Dead letters",
    lead: "Events that were accepted and could not be processed. None is lost: repair the cause, then replay them.",
    empty: "Nothing is stuck",
    emptyText: "An event that cannot be processed would wait here with the reason, until somebody replays it.",
    received: "Received",
    event: "Event",
    show: "Show the event",
    hide: "Hide the event",
    replay: "Replay",
    replayAll: "Replay all",
    replayAllSure_one: "Put {{formatted}} event back into the log? If the cause is still there, it comes back here.",
    replayAllSure_other:
      "Put {{formatted}} events back into the log? If the cause is still there, they come back here.",
    replaying: "Replaying…",
    replayed_one: "{{formatted}} event went back into the log.",
    replayed_other: "{{formatted}} events went back into the log.",
    total_one: "{{formatted}} event waits",
    total_other: "{{formatted}} events wait",
  },
} as const;
