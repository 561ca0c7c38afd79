//! `duibiao new`: a standard, a chapter or an indicator to start from. Nothing that is
//! there is overwritten, and nothing is written that does not compile and pass.

use crate::check::Format;
use crate::{Failure, files};
use clap::Subcommand;
use duibiao::author::{Compiled, SourceFile, Text, compile, scaffold, test};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(
    after_help = "退出状态 (exit status)：0 写好了 (written)；2 没有写，什么都没变 (nothing was written)"
)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 新的标准，写在新文件夹里 (a standard in a new folder)
    Standard {
        /// 要建的文件夹 (the folder to make)
        folder: PathBuf,
        /// 标准的名称 (its title)
        #[arg(default_value = "（名称）自查标准（参考）")]
        title: String,
    },
    /// 新的一章：文件夹和第一个指标 (a chapter: its folder, with a first indicator)
    Chapter {
        /// 规则文件夹 (a folder of rules)
        standard: PathBuf,
        /// 章的文件夹名，例如 2-facilities (the name of its folder)
        id: String,
        /// 名称 (its title)
        title: String,
    },
    /// 新的指标，写在新的或已有的规则文件末尾 (an indicator in a file of rules, new or there)
    Indicator {
        /// 规则文件夹 (a folder of rules)
        standard: PathBuf,
        /// 写在哪里：章/文件，例如 2-facilities/roads (where to write it: CHAPTER/FILE)
        file: String,
        /// 编号，例如 C-21 (its number)
        id: String,
        /// 名称 (its title)
        title: String,
    },
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let said = |text: Text| format!("{}\n({})", text.zh, text.en);
    match &arguments.what {
        What::Standard { folder, title } => {
            let name = folder.file_name().map(|name| name.to_string_lossy());
            let name = name.unwrap_or_default();
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            let named = !name.is_empty() && name.chars().all(plain);
            let id = if named { name.as_ref() } else { "standard" };
            new_folder(folder, &scaffold::standard(id, title).map_err(said)?)
        }
        What::Chapter {
            standard,
            id,
            title,
        } => {
            let (compiled, known) = read(standard)?;
            let written = scaffold::chapter(&compiled, &known, id, title).map_err(said)?;
            add(standard, known, written)
        }
        What::Indicator {
            standard,
            file,
            id,
            title,
        } => {
            let (compiled, known) = read(standard)?;
            let written = scaffold::indicator(&compiled, &known, file, id, title).map_err(said)?;
            add(standard, known, vec![written])
        }
    }
}

fn read(folder: &Path) -> Result<(Compiled, Vec<SourceFile>), Failure> {
    let compiled = files::compiled(folder, Format::Text)?;
    Ok((compiled, files::rule_files(folder)?))
}

/// How many examples fail, of files that make a standard.
fn failing(files: &[SourceFile], folder: &Path) -> Result<usize, Failure> {
    let compiled = compile(files).map_err(|problems| {
        let shown = files::shown(&problems, folder);
        format!("{shown}这样就不能编译，什么都没有写\n(it would not compile; nothing was written)")
    })?;
    Ok(test(&compiled, crate::test::day()?).failed)
}

/// Whether files make a standard in which no more examples fail than did before.
fn proven(files: &[SourceFile], failed: usize, folder: &Path) -> Result<(), Failure> {
    if failing(files, folder)? > failed {
        return Err(
            "这样会有例子不通过，什么都没有写\n(an example would fail; nothing was written)".into(),
        );
    }
    Ok(())
}

/// Writes a standard into a folder that is not there yet, all of it or nothing.
fn new_folder(folder: &Path, files: &[SourceFile]) -> Result<ExitCode, Failure> {
    let shown = folder.display();
    let filled = std::fs::read_dir(folder).map(|mut items| items.next().is_some());
    if filled.unwrap_or(folder.exists()) {
        return Err(format!(
            "{shown} 已经有了，不覆盖；请换一个文件夹\n(this is there already and stays as it is: name another folder)"
        ));
    }
    proven(files, 0, folder)?;
    let Some(name) = folder.file_name() else {
        return Err(format!("{shown} 不能作文件夹\n(no name of a folder)"));
    };
    let mut draft = name.to_os_string();
    draft.push(".part");
    let draft = folder.with_file_name(draft);
    let write = || -> std::io::Result<()> {
        if let Some(parent) = folder.parent() {
            std::fs::create_dir_all(parent)?;
        }
        for file in files {
            let path = draft.join(&file.path);
            std::fs::create_dir_all(path.parent().unwrap_or(&draft))?;
            std::fs::write(path, &file.text)?;
        }
        std::fs::rename(&draft, folder)
    };
    if let Err(error) = write() {
        let _ = std::fs::remove_dir_all(&draft);
        return Err(format!(
            "写不了 {shown}：{error}\n(cannot write the folder)"
        ));
    }
    let mut told = String::new();
    for file in files {
        told.push_str(&format!("新建 (new) {shown}/{}\n", file.path));
    }
    told.push_str(&format!("接着 (next): duibiao test {shown}\n"));
    crate::say(&told)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes files into a standard; where one cannot be written, those that are new are taken back.
fn add(
    folder: &Path,
    mut known: Vec<SourceFile>,
    written: Vec<SourceFile>,
) -> Result<ExitCode, Failure> {
    let is_new = |path: &str, known: &[SourceFile]| !known.iter().any(|file| file.path == path);
    let mut told = String::new();
    let (mut news, shown) = (Vec::new(), folder.display());
    for file in &written {
        let (word, path) = match is_new(&file.path, &known) {
            true => ("新建 (new)", &file.path),
            false => ("添加 (added to)", &file.path),
        };
        told.push_str(&format!("{word} {shown}/{path}\n"));
        let place = folder.join(path);
        if is_new(path, &known) {
            if place.exists() {
                return Err(format!(
                    "{} 已经有了，不覆盖\n(this is there already)",
                    place.display()
                ));
            }
            news.push(place);
        }
    }
    let failed = failing(&known, folder)?;
    for file in &written {
        known.retain(|old| old.path != file.path);
        known.push(file.clone());
    }
    proven(&known, failed, folder)?;
    let mut made = Vec::new();
    for file in &written {
        let path = folder.join(&file.path);
        let parent = path.parent().unwrap_or(folder);
        if !parent.exists() {
            made.push(parent.to_path_buf());
        }
        let done = std::fs::create_dir_all(parent)
            .map_err(|error| format!("写不了 {}：{error}\n(cannot write)", parent.display()))
            .and_then(|()| files::write(&path, file.text.as_bytes()));
        if let Err(reason) = done {
            for path in &news {
                let _ = std::fs::remove_file(path);
            }
            for folder in &made {
                let _ = std::fs::remove_dir(folder);
            }
            return Err(reason);
        }
    }
    told.push_str(&format!("接着 (next): duibiao test {shown}\n"));
    crate::say(&told)?;
    Ok(ExitCode::SUCCESS)
}
