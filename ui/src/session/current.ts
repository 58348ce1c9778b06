import { createContext, useContext } from "react";
import type { Session } from "../api/types.ts";

/** Who is signed in, into which shop. The shell provides it once it is known. */
export const CurrentSession = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(CurrentSession);
  if (!session) throw new Error("useSession is for pages inside the shell");
  return session;
}

/** The zone in which the shop's days begin; UTC before anybody signed in. */
export function useZone(): string {
  return useContext(CurrentSession)?.workspace.zone ?? "UTC";
}
