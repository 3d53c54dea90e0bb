//! Which machine has this name?

use std::net::{IpAddr, SocketAddr};

#[cfg(test)]
use std::{collections::HashMap, sync::Mutex};

/// Where names are looked up: by the system, or in a table that a test made.
#[derive(Default)]
pub(super) enum Names {
    #[default]
    System,
    /// Each look-up takes the next answer and keeps the last, as a hostile name server does it.
    #[cfg(test)]
    Table(Mutex<HashMap<String, Vec<Vec<IpAddr>>>>),
}

impl Names {
    /// All addresses of a name.
    pub(super) async fn look_up(&self, host: &str, port: u16) -> std::io::Result<Vec<IpAddr>> {
        match self {
            Self::System => {
                let found = tokio::net::lookup_host((host, port)).await?;
                Ok(found.map(|socket: SocketAddr| socket.ip()).collect())
            }
            #[cfg(test)]
            Self::Table(table) => {
                let mut table = table.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                let answers = table.get_mut(host).ok_or(std::io::ErrorKind::NotFound)?;
                Ok(if answers.len() > 1 { answers.remove(0) } else { answers.first().cloned().unwrap_or_default() })
            }
        }
    }
}
