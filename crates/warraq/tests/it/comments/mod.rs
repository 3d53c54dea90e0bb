//! A reader answers: the form, the thread, and the promise that the address is never published.

mod form;
mod promise;
