import { createServer } from 'node:http';

// What the sandbox is measured against: bare node:http that reads the request and answers a fixed JSON,
// as long as the sandbox's own answer; the length stands in the path.
const fixed = new Map<string, string>();

function answerOf(length: number): string {
  const known = fixed.get(String(length));
  if (known) return known;
  const answer = JSON.stringify({ padding: 'x'.repeat(Math.max(length - 14, 0)) });
  fixed.set(String(length), answer);
  return answer;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = answerOf(Number(request.url?.slice(1)));
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer),
    });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
process.once('disconnect', () => process.exit(0));
