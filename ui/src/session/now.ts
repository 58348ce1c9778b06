import { useSession } from "./current.ts";

/** The present as the shop has it: in the demo its clock may run elsewhere than ours. */
export function useShopNow(): string | number {
  const session = useSession();
  return session.demo ? (session.demo.now ?? session.now) : Date.now();
}
