const FRAME =
  '<rect x=".25" y=".25" width="23.5" height="15.5" rx="2" fill="#fff" stroke="#cdd3da" stroke-width=".5"/>';

function lettered(words: string, colour: string, size: number): string {
  return `${FRAME}<text x="12" y="${8 + size * 0.36}" text-anchor="middle" font-family="Arial, sans-serif" font-size="${size}" font-weight="700" fill="${colour}">${words}</text>`;
}

/** What stands beside a payment method's name, drawn like the card brands: 24 by 16, no outside asset. */
export const METHOD_DRAWINGS: Record<string, string> = {
  card: '<rect x="3.75" y="2.75" width="16.5" height="10.5" rx="1.75" fill="none" stroke="#4f566b" stroke-width="1.5"/><path d="M4 5h16v2.2H4z" fill="#4f566b"/>',
  bank: '<path d="M12 1.2 4.5 5v1.3h15V5zM6 7.5h1.8v4.3H6zm5.1 0h1.8v4.3h-1.8zm5.1 0H18v4.3h-1.8zM4.5 13h15v1.6h-15z" fill="#4f566b"/>',
  sepa: `<rect width="24" height="16" rx="2" fill="#10298e"/><text x="12" y="10.4" text-anchor="middle" font-family="Arial, sans-serif" font-size="6.8" font-style="italic" font-weight="700" fill="#ffbe00">SEPA</text>`,
  ideal: `${FRAME}<path d="M6 3h6.5c3.4 0 5.5 2 5.5 5s-2.1 5-5.5 5H6z" fill="#cc0066"/><circle cx="8.8" cy="5.6" r="1.3" fill="#fff"/><path d="M7.8 7.8h2v4h-2z" fill="#fff"/>`,
  bancontact: `${FRAME}<path d="M3 8h8.5c2 0 3-3.6 5-3.6H21V8h-8.5c-2 0-3 3.6-5 3.6H3z" fill="#005498"/><path d="M12.5 8H21v2.8h-5.2c-1.8 0-2.2-1.6-3.3-2.8z" fill="#ffd800"/>`,
  eps: lettered('eps', '#b3123b', 8),
  p24: lettered('P24', '#b3123b', 7),
  alipay:
    '<rect width="24" height="16" rx="2" fill="#1677ff"/><path d="M7 4.5h10M12 2.8v3.7M8 7h8c-.7 3-3.4 5.6-7 5.6-1.6 0-2.6-.8-2.6-1.9 0-1.2 1.1-2 2.6-2 2.8 0 6 1.8 8.5 3.3" fill="none" stroke="#fff" stroke-width="1.2" stroke-linecap="round"/>',
  cvc: '<rect x="2.75" y="2.75" width="16.5" height="10.5" rx="1.75" fill="none" stroke="#87909f" stroke-width="1.2"/><path d="M3 5h16v2H3z" fill="#87909f"/><rect x="12.5" y="6.5" width="10" height="7" rx="1.5" fill="#fff" stroke="#4f566b"/><text x="17.5" y="11.9" text-anchor="middle" font-family="Arial, sans-serif" font-size="5" font-weight="700" fill="#4f566b">123</text>',
  tick: '<path d="M7 8.5l3.5 3.5L17 5" fill="none" stroke="#4f566b" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>',
};
