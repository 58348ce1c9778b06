import { Skeleton } from "@mantine/core";
import css from "./Headline.module.css";
import page from "./LivePage.module.css";

const TILES = ["events", "people", "carts", "orders", "runs", "messages"];

/** The shape of the live page before its first answer. */
export function LiveSkeleton() {
  return (
    <div aria-busy="true" className={page.stack}>
      <div className={css.tiles}>
        {TILES.map((tile) => (
          <Skeleton key={tile} height={118} radius="lg" />
        ))}
      </div>
      <div className={page.wide}>
        <Skeleton height={330} radius="lg" />
        <Skeleton height={330} radius="lg" />
      </div>
      <div className={page.halves}>
        <Skeleton height={420} radius="lg" />
        <Skeleton height={420} radius="lg" />
      </div>
    </div>
  );
}
