//! Who took a job, and do they still work? The name of a worker says in which process of which machine it works, so that
//! the next one on this machine knows the dead and does not wait for their leases to end.

use std::path::Path;

/// `serve 1234@news-1`: a process of this machine.
#[must_use]
pub fn name_here(purpose: &str) -> String {
    format!("{purpose} {}@{}", std::process::id(), place().unwrap_or_default())
}

/// Was it a process of this machine, and is that gone? A process that bears our own number went before us. Says no where nothing can be known.
pub(super) fn is_dead(name: &str) -> bool {
    let Some((process, at)) = name.rsplit_once(' ').and_then(|(_, place)| place.split_once('@')) else { return false };
    let Ok(process) = process.parse::<u32>() else { return false };
    let here = place().is_some_and(|place| place == at);
    let processes = Path::new("/proc");
    let is_gone = || processes.join("self").exists() && !processes.join(process.to_string()).exists();
    here && (process == std::process::id() || is_gone())
}

/// What the machine calls itself, and within which numbers of processes we live, where the system tells it (Linux).
/// Containers may share a name and have numbers of their own: who lives in another one is not known here.
fn place() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    let name = Some(name.trim()).filter(|name| !name.is_empty())?;
    let numbers = std::fs::read_link("/proc/self/ns/pid").ok()?;
    Some(format!("{name}/{}", numbers.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dead_of_this_machine_are_known() {
        let host = place().expect("a name: these tests run on Linux");
        let check = |name: String, dead: bool| assert_eq!(is_dead(&name), dead, "{name}");
        check(name_here("serve"), true);
        // No process has a number beyond four millions.
        check(format!("serve 4294967295@{host}"), true);
        check(format!("serve 1@{host}"), false);
        check(format!("serve 4294967295@{host}-of-another"), false);
        check("serve-1234".into(), false);
        check("import".into(), false);
        check(format!("serve x@{host}"), false);
    }
}
