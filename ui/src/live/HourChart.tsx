import { useComputedColorScheme } from "@mantine/core";
import { BarChart } from "echarts/charts";
import { AxisPointerComponent, GridComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Minute } from "../api/types.ts";
import { useFormat } from "../i18n/format.ts";
import { hourOption, LEAST_HEIGHT } from "./hour-option.ts";

use([BarChart, GridComponent, TooltipComponent, AxisPointerComponent, TitleComponent, SVGRenderer]);

/** Draws the hour; a new second only moves the data, so nothing flickers. */
export default function HourChart({ series }: { series: Minute[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const scheme = useComputedColorScheme("light");
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const [height, grow] = useState(LEAST_HEIGHT);

  useEffect(() => {
    if (!place.current) return;
    const drawn = init(place.current, undefined, { renderer: "svg" });
    chart.current = drawn;
    const watch = new ResizeObserver(() => {
      drawn.resize();
      grow(drawn.getHeight());
    });
    watch.observe(place.current);
    return () => {
      watch.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const names = { events: t("live.hourEvents"), orders: t("live.hourOrders"), messages: t("live.hourMessages") };
    chart.current?.setOption(hourOption({ series, height, names, format, colour: colourOf(scheme) }));
  }, [series, height, format, scheme, t]);

  return <div ref={place} style={{ height: "100%", minHeight: LEAST_HEIGHT }} />;
}

/** The theme's variables as the chart needs them: values, of the scheme on screen. */
function colourOf(_scheme: string): (name: string) => string {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--hg-${name}`).trim();
}
