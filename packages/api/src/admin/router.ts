import { admin } from '../trpc.ts';
import { findCustomers } from './customers/find-customers.ts';
import { getCustomer } from './customers/get-customer.ts';
import { charge } from './payments/charge.ts';
import { findByChargeRequest } from './payments/find-by-charge-request.ts';
import { getPayment } from './payments/get-payment.ts';
import { listPayments } from './payments/list-payments.ts';
import { openCharge } from './payments/open-charge.ts';

const { t } = admin;

/** Everything that staff may ask for. */
export const adminRouter = t.router({
  customers: { find: findCustomers, get: getCustomer },
  payments: { openCharge, findByChargeRequest, charge, get: getPayment, list: listPayments },
});

export type AdminRouter = typeof adminRouter;

/** Calls procedures from the server's own code, without HTTP. */
export const createAdminCaller = t.createCallerFactory(adminRouter);
