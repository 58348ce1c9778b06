import type { EChartsCoreOption } from "echarts/core";
import type { Minute } from "../api/types.ts";
import type { Format } from "../i18n/format.ts";

type Strip = "events" | "orders" | "messages";
type Ask = {
  series: Minute[];
  height: number;
  names: Record<Strip, string>;
  format: Format;
  colour: (name: string) => string;
};

const TITLE = 30;
const SMALL = 34;
const AXIS = 24;
export const LEAST_HEIGHT = 270;

/** Three strips under one time axis, in pixels from the top: events take what the two small ones leave. */
function strips(height: number): readonly { of: Strip; top: number; height: number }[] {
  const large = Math.max(LEAST_HEIGHT, height) - 3 * TITLE - 2 * SMALL - AXIS;
  return [
    { of: "events", top: TITLE, height: large },
    { of: "orders", top: 2 * TITLE + large, height: SMALL },
    { of: "messages", top: 3 * TITLE + large + SMALL, height: SMALL },
  ];
}

/** What ECharts is told. Each strip has its own scale: fifty events and one order are both worth seeing. */
export function hourOption({ series, height, names, format, colour }: Ask): EChartsCoreOption {
  const drawn = strips(height);
  const minutes = series.map((at) => format.minute(at.minute));
  const total = (of: Strip) => format.number(series.reduce((sum, at) => sum + at[of], 0));
  return {
    animation: false,
    textStyle: { fontFamily: "'Inter Variable', system-ui, sans-serif" },
    title: drawn.map(({ of, top }) => ({
      text: `{name|${names[of]}}  {sum|${total(of)}}`,
      left: -4,
      top: top - TITLE + 4,
      padding: 4,
      textStyle: {
        rich: {
          name: { color: colour("soft"), fontSize: 12, fontWeight: 500 },
          sum: { color: colour(`chart-${of}`), fontSize: 12, fontWeight: 650 },
        },
      },
    })),
    grid: drawn.map((strip) => ({ left: 2, right: 2, top: strip.top, height: strip.height })),
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { color: colour("soft"), opacity: 0.12 } },
      confine: true,
      backgroundColor: colour("card"),
      borderColor: colour("line"),
      textStyle: { color: colour("ink"), fontSize: 12 },
      valueFormatter: (value: unknown) => format.number(Number(value)),
    },
    xAxis: drawn.map((_, index) => ({
      gridIndex: index,
      type: "category",
      data: minutes,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("line") } },
      axisLabel: {
        show: index === drawn.length - 1,
        color: colour("soft"),
        fontSize: 11,
        interval: 9,
        hideOverlap: true,
      },
    })),
    yAxis: drawn.map((_, index) => ({ gridIndex: index, type: "value", min: 0, show: false })),
    series: drawn.map(({ of }, index) => ({
      type: "bar",
      name: names[of],
      xAxisIndex: index,
      yAxisIndex: index,
      barCategoryGap: "30%",
      data: series.map((at) => at[of]),
      itemStyle: { color: colour(`chart-${of}`), opacity: 0.8, borderRadius: [2, 2, 0, 0] },
    })),
  };
}
