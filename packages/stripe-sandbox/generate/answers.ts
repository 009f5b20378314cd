import { describeAnswers } from './describe-answers.ts';
import { writeGenerated } from './write-generated.ts';

writeGenerated('../tests/conformance/answers.json', describeAnswers());
