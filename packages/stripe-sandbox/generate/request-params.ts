import { describeRequestParams } from './describe-request-params.ts';
import { writeGenerated } from './write-generated.ts';

writeGenerated('../src/generated/request-params.json', describeRequestParams());
