/** The hourglass: sand above, a grain falling, sand below. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#14544c" />
      <path
        d="M9.5 6.5h13M9.5 25.5h13M11 6.5c0 5.5 4 7 4.6 9.5-.6 2.5-4.6 4-4.6 9.5M21 6.5c0 5.5-4 7-4.6 9.5.6 2.5 4.6 4 4.6 9.5"
        fill="none"
        stroke="#fdf8ee"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <path d="M12.6 10.5h6.8c-.9 2.3-2.7 3.3-3.4 4.8-.7-1.5-2.5-2.5-3.4-4.8Z" fill="#e9b04b" />
      <path d="M16 17.5v3" stroke="#e9b04b" strokeWidth="1.4" strokeLinecap="round" />
      <path d="M12.3 24.5c.5-2.2 2.3-3.3 3.7-3.3s3.2 1.1 3.7 3.3Z" fill="#e9b04b" />
    </svg>
  );
}
