import { type ReactNode, useId } from "react";
import css from "./Panel.module.css";

type Props = {
  title?: string;
  lead?: ReactNode;
  aside?: ReactNode;
  flush?: boolean;
  className?: string;
  children: ReactNode;
};

/** A card with an optional headline; `flush` lets rows reach its edges. */
export function Panel({ title, lead, aside, flush, className, children }: Props) {
  const id = useId();
  return (
    <section className={`${css.panel} ${className ?? ""}`} aria-labelledby={title ? id : undefined}>
      {title && (
        <header className={css.head}>
          <div>
            <h2 className={css.title} id={id}>
              {title}
            </h2>
            {lead && <p className={css.lead}>{lead}</p>}
          </div>
          {aside}
        </header>
      )}
      <div className={flush ? css.flush : css.body}>{children}</div>
    </section>
  );
}
