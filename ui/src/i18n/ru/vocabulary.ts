export const vocabulary = {
  fate: {
    sent: "отправлено",
    queued: "в очереди",
    claimed: "уходит",
    withheld: "не отправлено",
    failed: "ошибка",
    unknown: "неясно",
  },
  run: { waiting: "ждёт", finished: "пройден", exited: "вышел раньше", entered: "вошёл" },
  runEnd: {
    exit_condition: "нужное уже случилось или потеряло смысл",
    exit_step: "дошёл до шага, который завершает",
    merged: "это были два человека, теперь один",
    endless: "ходил по кругу",
    goal: "достигнута цель",
  },
  channel: { email: "Эл. почта", sms: "SMS", telegram: "Telegram", push: "Push", any: "любой канал" },
  order: {
    completed: "оформлен",
    updated: "изменён",
    shipped: "в пути",
    delivered: "доставлен",
    cancelled: "отменён",
    refunded: "деньги возвращены",
  },
} as const;
