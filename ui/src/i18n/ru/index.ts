import { audience } from "./audience.ts";
import { inbox } from "./inbox.ts";
import { journeys } from "./journeys.ts";
import { live } from "./live.ts";
import { log } from "./log.ts";
import { profiles } from "./profiles.ts";
import { session } from "./session.ts";
import { shell } from "./shell.ts";
import { tasks } from "./tasks.ts";
import { vocabulary } from "./vocabulary.ts";

/** Все тексты админки по-русски, по файлу на каждую часть; ключи те же, что в `en/`. */
export const ru = {
  ...shell,
  ...session,
  ...live,
  ...vocabulary,
  ...profiles,
  ...audience,
  ...journeys,
  ...tasks,
  ...inbox,
  ...log,
} as const;
