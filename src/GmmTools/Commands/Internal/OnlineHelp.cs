namespace GmmTools.Commands.Internal;

/// <summary>Where Get-Help -Online goes.</summary>
internal static class OnlineHelp
{
    /// <summary>The page of the module in the gallery: PowerShell opens nothing but addresses of the web, and the module has no other there.</summary>
    public const string Page = "https://www.powershellgallery.com/packages/GmmTools";
}
