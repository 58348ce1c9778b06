import type { ReactNode } from "react";
import css from "./Tile.module.css";

/** One number, what it counts, and up to two lines that put it in place. */
export function Tile({
  name,
  value,
  unit,
  children,
}: {
  name: string;
  value: string;
  unit?: string;
  children?: ReactNode;
}) {
  return (
    <article className={css.tile} aria-label={name}>
      <h2 className={css.name}>{name}</h2>
      <p className={css.value}>
        <span className="num">{value}</span>
        {unit && <span className={css.unit}>{unit}</span>}
      </p>
      <div className={css.lines}>{children}</div>
    </article>
  );
}
