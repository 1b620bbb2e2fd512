/** How long a Worker remembers a client. */
const REMEMBERED_SECONDS = 60;

/** Since nobody is asked meanwhile, whoever changes a client is told. */
export const WORKERS_REMEMBER = `Workers that remember it may go on answering it as before for ${REMEMBERED_SECONDS} s.`;
