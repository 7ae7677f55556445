const { execFileSync } = require('node:child_process');

/** A plugin of the serverless command: it packages and deploys nothing while the configuration is wrong. */
module.exports = class RefuseWrongConfiguration {
  constructor(serverless) {
    this.hooks = {
      'before:package:initialize': () => {
        try {
          execFileSync(process.execPath, ['--import', 'tsx', 'scripts/check-configuration.ts'], {
            cwd: serverless.serviceDir,
            encoding: 'utf8',
            stdio: 'pipe',
          });
        } catch (error) {
          throw new serverless.classes.Error(error.stderr.trim() || error.message);
        }
      },
    };
  }
};
