using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using GmmTools.Help.Documentation;
using GmmTools.Help.Model;
using GmmTools.Help.Pages;
using GmmTools.Help.Writing;

namespace GmmTools.Help;

/// <summary>
/// GmmTools.Help ASSEMBLY FILE [FOLDER]: writes the help of the commands of an assembly into a file, and the page of errors beside it. With a folder it
/// writes the pages of the site there, of the commands and of the help pages beside the file.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        string assembly = Path.GetFullPath(arguments[0]);
        Assembly commands = Load(assembly);
        // those of this version: what an earlier build has left there does not count
        string version = Path.GetFileNameWithoutExtension(assembly).Split('-', 2)[1];
        string[] comments = [.. Directory.GetFiles(Path.GetDirectoryName(assembly)!, $"*-{version}.xml")];
        try
        {
            CommandHelp[] help = [.. ReadCommands(commands, new XmlDocumentation(comments))];
            string[] faults = [.. help.SelectMany(HelpRules.FindFaults)];
            foreach (string fault in faults)
            {
                Fail(fault);
            }

            if (faults.Length == 0)
            {
                string folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(arguments[1]))!).FullName;
                File.WriteAllText(Path.Combine(folder, ErrorPage.Name + ".help.txt"), ErrorPage.Write());
                MamlWriter.Write(help).Save(arguments[1]);
                if (arguments.Length > 2)
                {
                    SitePages.Write(help, folder, arguments[2]);
                }
            }

            return faults.Length == 0 ? 0 : 1;
        }
        catch (HelpException exception)
        {
            Fail(exception.Message);
            return 1;
        }
    }

    /// <summary>The module's own assemblies stand beside that of its commands.</summary>
    private static Assembly Load(string path)
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            string beside = Path.Combine(Path.GetDirectoryName(path)!, name.Name + ".dll");
            return File.Exists(beside) ? context.LoadFromAssemblyPath(beside) : null;
        };
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
    }

    private static IEnumerable<CommandHelp> ReadCommands(Assembly commands, XmlDocumentation documentation)
    {
        CommandReader reader = new(documentation, new CommentText(commands));
        return commands.GetTypes()
            .Where(type => type.IsPublic && CommandNames.Find(type) is not null)
            .OrderBy(CommandNames.Find, StringComparer.Ordinal)
            .Select(reader.Read);
    }

    /// <summary>MSBuild takes lines of this form for errors.</summary>
    private static void Fail(string message) => Console.Error.WriteLine($"GmmTools.Help : error HELP1 : {message}");
}
