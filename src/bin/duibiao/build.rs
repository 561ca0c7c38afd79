//! `duibiao build`: a checker module with a standard inside, or the standard alone as a script for pages that cannot fetch.

use crate::check::Format;
use crate::{Failure, files};
use duibiao::digest::digest;
use duibiao::rulebook::with_section;
use std::path::PathBuf;
use std::process::ExitCode;

/// The checker module, without a standard; empty when this command was built without it.
const CHECKER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/checker.wasm"));

#[derive(clap::Args)]
pub struct Arguments {
    /// 规则文件夹，或已有的 .wasm (a folder of rules, or a .wasm)
    standard: PathBuf,
    /// 写到哪个文件；.js 是给 file:// 页面的脚本形式 (where to write the module; .js: as a script, for pages opened from a disk)
    #[arg(short, long, value_name = "FILE.wasm|FILE.js")]
    output: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let script = arguments
        .output
        .extension()
        .is_some_and(|extension| extension == "js");
    if CHECKER.is_empty() && !script {
        return Err("这个 duibiao 在编译时没有带上检查模块，请用 make 编译\n(built without the checker module: build it with make)".into());
    }
    let standard = files::standard(&arguments.standard, Format::Text)?;
    let built = if script {
        as_script(&standard.bytes)
    } else {
        with_section(CHECKER, files::SECTION, &standard.bytes)
    };
    let shown = arguments.output.display();
    files::write(&arguments.output, &built)?;
    let rulebook = &standard.rulebook;
    crate::say(&format!(
        "{shown}：{} 字节，其中标准 {} 字节；{} 个指标，{} 个字段，{} 个参数；{}\n",
        built.len(),
        standard.bytes.len(),
        rulebook.indicators.len(),
        rulebook.fields.len(),
        rulebook.parameters.len(),
        digest(&standard.bytes)
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// A script that lays the standard, with its own address, where `<duibiao-check src="….js">` looks for it.
fn as_script(rulebook: &[u8]) -> Vec<u8> {
    let mut script = format!(
        "/* {} */\n(self.duibiaoStandards = self.duibiaoStandards || []).push([document.currentScript.src, \"",
        digest(rulebook)
    );
    script.push_str(&base64(rulebook));
    script.push_str("\"]);\n");
    script.into_bytes()
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let part = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = part(0) << 16 | part(1) << 8 | part(2);
        for place in 0..4 {
            let digit = (bits >> (18 - 6 * place) & 63) as usize;
            let digit = DIGITS.get(digit).filter(|_| place <= three.len());
            text.push(digit.map_or('=', |digit| char::from(*digit)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }
}
