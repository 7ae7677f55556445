/** The ARN of the topic in an environment variable. Throws an error that names the variable which is missing or wrong. */
export const topicArnIn = (variables: NodeJS.ProcessEnv, name: 'ALERT_TOPIC_ARN' | 'CHAT_TOPIC_ARN'): string => {
  const value = variables[name] ?? '';
  if (!/^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+$/.test(value))
    throw new Error(`environment variable \`${name}\` is ${value === '' ? 'missing' : `\`${value}\``}: set it to the ARN of an SNS topic`);
  return value;
};
