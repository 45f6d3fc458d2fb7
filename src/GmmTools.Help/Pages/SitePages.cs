using System.Collections.Generic;
using System.IO;
using GmmTools.Help.Model;

namespace GmmTools.Help.Pages;

/// <summary>The pages of the site that are made of the help: of commands in one folder, of topics in another.</summary>
internal static class SitePages
{
    private const string TopicEnding = ".help.txt";

    /// <summary>Writes the pages.</summary>
    /// <param name="commands">The help of the commands.</param>
    /// <param name="topics">The folder of the help pages about_...</param>
    /// <param name="folder">Where the pages are put.</param>
    public static void Write(IEnumerable<CommandHelp> commands, string topics, string folder)
    {
        string commandFolder = Directory.CreateDirectory(Path.Combine(folder, "commands")).FullName;
        foreach (CommandHelp command in commands)
        {
            File.WriteAllText(Path.Combine(commandFolder, command.Name + ".md"), CommandPage.Write(command));
        }

        string topicFolder = Directory.CreateDirectory(Path.Combine(folder, "topics")).FullName;
        foreach (string topic in Directory.GetFiles(topics, "about_*" + TopicEnding))
        {
            string name = Path.GetFileName(topic)[..^TopicEnding.Length];
            File.WriteAllText(Path.Combine(topicFolder, name + ".md"), TopicPage.Write(File.ReadAllLines(topic)));
        }
    }
}
