namespace Klever.CommandLine.Completion;

/// <summary>What a shell runs to complete a line: each hands the line, without the name of the program, and the place of the cursor
/// to <c>klever "[suggest:PLACE]" LINE</c>, which answers with a word on each line.</summary>
internal static class CompletionScripts
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["bash"] = """
            # klever completion bash > /etc/bash_completion.d/klever, or: source <(klever completion bash)
            _klever() {
                local line=${COMP_LINE#* }
                local place=$((COMP_POINT - ${#COMP_LINE} + ${#line}))
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(klever "[suggest:$place]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _klever klever
            """,
        ["zsh"] = """
            #compdef klever
            # klever completion zsh > "${fpath[1]}/_klever", or: source <(klever completion zsh)
            _klever() {
                local line=${BUFFER#* }
                local -a found
                found=(${(f)"$(klever "[suggest:$((CURSOR - ${#BUFFER} + ${#line}))]" "$line" 2>/dev/null)"})
                (( ${#found} )) && compadd -- $found || _files
            }
            compdef _klever klever
            """,
        ["fish"] = """
            # klever completion fish > ~/.config/fish/completions/klever.fish
            function __klever_complete
                set -l line (commandline -cp | string replace -r '^\s*\S+\s?' '')
                klever "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c klever -a '(__klever_complete)'
            """,
        ["powershell"] = """
            # klever completion powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName klever -ScriptBlock {
                param($word, $ast, $place)
                $whole = $ast.ToString().PadRight($place)
                $line = $whole -replace '^\S+\s?', ''
                klever "[suggest:$($place - $whole.Length + $line.Length)]" "$line" |
                    Where-Object { $_ -like "$word*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };
}
