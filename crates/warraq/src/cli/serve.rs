//! `warraq serve`: the server and its worker.

use std::io::IsTerminal as _;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::office::Office;
use super::{Failure, import};
use crate::config::Config;
use crate::desk::{Desk, invitations};
use crate::error::Error;
use crate::web::{Web, server};
use crate::worker::{Engraver, Wires, Worker, follow, listen as hear, name_here};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Address and port to listen on.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Threads that answer requests; 0: one per processor.
    #[arg(long, value_name = "N")]
    workers: Option<usize>,
    /// Read templates anew for every page and show all of them at /dev/gallery.
    #[arg(long)]
    dev: bool,
}

pub(super) fn run(args: &Args, office: &Office) -> Result<(), Failure> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("WARRAQ_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let (desk, mut config) = office.open()?;
    small_pages();
    import::sweep_rehearsals(office.folder.path());
    config.listen = args.listen.unwrap_or(config.listen);
    config.workers = args.workers.unwrap_or(config.workers);
    let threads = if config.workers == 0 {
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
    } else {
        config.workers
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    let served = runtime.block_on(serve(desk, config, office, args.dev));
    // A picture at work on another thread is left; it is begun anew.
    runtime.shutdown_background();
    served
}

/// A server is small and stays up for months: two megabytes at a time, of which a few kilobytes are used, would be a third
/// of its memory. A system that knows no such pages, or does not let us choose, is served as it is.
fn small_pages() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::thread::disable_transparent_huge_pages(true) {
        tracing::debug!(%error, "the system gives memory in pages of its own choice");
    }
}

async fn serve(desk: Desk, config: Config, office: &Office, development: bool) -> Result<(), Failure> {
    let site = desk.store.read(|db| crate::store::site::load(db).map_err(Error::from)).await?;
    let Some(site) = site else {
        return Err(Failure::bad_input(format!(
            "there is no publication in this database yet; run: warraq init --site {}",
            office.folder.path().display()
        )));
    };
    let (listen, fetch) = (config.listen, config.fetch.clone());
    let web = Web::open(desk.clone(), config, office.folder.clone(), development)?;
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| anyhow::anyhow!("cannot listen on {listen}: {error}; choose another with --listen"))?;
    let address = listener.local_addr()?;
    let first = invitations::first_link(&desk).await?;
    let (stop, stopped) = watch::channel(false);
    let follower = tokio::spawn(follow(desk.clone(), stopped.clone()));
    let ear = tokio::spawn(hear(desk.clone(), stopped.clone()));
    let wires = tokio::spawn(Wires::new(desk.clone(), fetch).run(stopped.clone()));
    let engraver = tokio::spawn(Engraver::new(desk.clone()).run(stopped.clone()));
    let worker = tokio::spawn(Worker::new(desk, &name_here("serve")).run(stopped.clone()));
    println!("«{}» is served on http://{address}/ (links begin with {})", site.title, site.base_url.as_str());
    if let Some(token) = first {
        println!(
            "there is no account yet. Make the first one at {} (this address is valid until it is used, or until the next start)",
            site.base_url.join(&invitations::first_path(&token))
        );
    }
    tokio::spawn(async move {
        wait_for_signal().await;
        tracing::info!("stopping: no new connections, requests at work are finished");
        let _ = stop.send(true);
    });
    server::run(web, listener, stopped).await;
    worker.await?;
    wires.await?;
    engraver.abort();
    follower.await?;
    ear.await?;
    Ok(())
}

async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        },
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}
