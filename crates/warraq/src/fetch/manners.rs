//! How often may one host be asked?

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Requests to one host at the same time.
const AT_ONCE: usize = 2;

/// A queue for each host.
pub(super) struct Manners {
    pause: Duration,
    hosts: Mutex<HashMap<String, Arc<Semaphore>>>,
}

/// One's turn. When it is given back the place stays empty for a moment.
pub(super) struct Turn {
    permit: Option<OwnedSemaphorePermit>,
    pause: Duration,
}

impl Manners {
    pub(super) fn new(pause: Duration) -> Self {
        Self { pause, hosts: Mutex::default() }
    }

    /// Wait until it is our turn at a host.
    pub(super) async fn turn(&self, host: &str) -> Turn {
        let queue = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            // Hosts at which nobody waits are forgotten, so that the table does not grow with what feeds name.
            if hosts.len() > 1_000 {
                hosts.retain(|_, queue| Arc::strong_count(queue) > 1 || queue.available_permits() < AT_ONCE);
            }
            Arc::clone(hosts.entry(host.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE))))
        };
        // The semaphore is never closed; without a permit nothing is held back, which harms nobody.
        Turn { permit: queue.acquire_owned().await.ok(), pause: self.pause }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let (Some(permit), Ok(runtime)) = (self.permit.take(), tokio::runtime::Handle::try_current()) else { return };
        let pause = self.pause;
        runtime.spawn(async move {
            tokio::time::sleep(pause).await;
            drop(permit);
        });
    }
}
